"""An agency's part of a return: what is missing, steps, chasing, e-mails and links."""
