"""Makes the installable program out of this source: `python -m installer.NAME`, see docs/packaging.md."""
