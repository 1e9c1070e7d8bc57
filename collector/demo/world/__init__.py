"""The simulated world: what there is at any moment, its names, lineage, use and declarations. Knows no HTTP."""
