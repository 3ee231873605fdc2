"""Loading of reference data and the partnerships: the four real ones, and the synthetic one."""
