"""Reports over the register of assets: `build(source, query, register)`, counting what is posted."""
