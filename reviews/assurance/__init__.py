"""Case audits, self-assessments, and the means by which learning is passed on."""
