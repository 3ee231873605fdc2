"""Narrative in Markdown with live figures: `{{ referrals change }}` is "down 767 (14.9%)"."""
