"""Read one file format each into lines or turns."""
