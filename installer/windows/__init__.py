"""The pieces the Windows packages are put together from: runtime, launchers, forwarder, icon, setup script."""
