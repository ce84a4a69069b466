"""Makes the fact tables of the package from the collected tables and what is written here by hand."""
