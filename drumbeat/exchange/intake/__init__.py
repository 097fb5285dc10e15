"""Files on their way in: uploaded or laid into a folder, looked at, asked about, brought in."""
