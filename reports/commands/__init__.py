"""The commands of `consensus`, one file each, a few lines over the library."""
