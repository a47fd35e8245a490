"""The Qt window. The only user of PySide6; asks the services and shows what they answer."""
