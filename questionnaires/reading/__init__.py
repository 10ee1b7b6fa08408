"""Reading files that people made: cells that know their address."""
