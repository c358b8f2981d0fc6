"""The probe's own modules, under a name that no project uses (see ../probe.py)."""
