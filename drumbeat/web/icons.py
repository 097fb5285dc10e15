# ruff: noqa: E501
"""A small set of line icons, drawn for Drumbeat on a grid of 24."""

ICONS = {
    "account": '<circle cx="12" cy="8.5" r="3.7"/><path d="M4.5 20c.9-3.6 3.9-5.4 7.5-5.4s6.6 1.8 7.5 5.4"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "back": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.2"/><path d="M12 7.5V12l3 2"/>',
    "copy": '<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "customers": '<path d="M4.5 20V8.5L12 4l7.5 4.5V20M9.5 20v-5.5h5V20"/>',
    "down": '<path d="M6 9.5l6 6 6-6"/>',
    "file": '<path d="M13.5 3.5H7a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9z"/><path d="M13.5 3.5V9H19"/>',
    "heart": '<path d="M12 19.5S4.5 15 4.5 9.6A3.9 3.9 0 0 1 12 8a3.9 3.9 0 0 1 7.5 1.6C19.5 15 12 19.5 12 19.5z"/>',
    "imports": '<path d="M12 4v10.5M7.5 10.5L12 15l4.5-4.5M4.5 19.5h15"/>',
    "mail": '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="M4 7l8 6 8-6"/>',
    "moon": '<path d="M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z"/>',
    "out": '<path d="M10 4.5H6.5a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2H10M10 12h9.5M16 8.5l3.5 3.5-3.5 3.5"/>',
    "people": '<circle cx="9" cy="9" r="3.2"/><path d="M3 19c.7-3.1 3.1-4.6 6-4.6s5.3 1.5 6 4.6M15.5 6.2a3 3 0 0 1 0 5.6M17.5 14.9c1.9.7 3.1 2.1 3.5 4.1"/>',
    "plan": '<path d="M4 19.5h16M6.5 16v-4M12 16V6M17.5 16V9"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7.5 9V4h9v5M7.5 16.5H5.5a1.5 1.5 0 0 1-1.5-1.5v-4.5A1.5 1.5 0 0 1 5.5 9h13a1.5 1.5 0 0 1 1.5 1.5V15a1.5 1.5 0 0 1-1.5 1.5h-2M7.5 13.5h9V20h-9z"/>',
    "search": '<circle cx="10.8" cy="10.8" r="6.3"/><path d="M15.5 15.5l4.5 4.5"/>',
    "settings": '<path d="M4 7.5h9M18 7.5h2M4 16.5h2M11 16.5h9"/><circle cx="15.5" cy="7.5" r="2.3"/><circle cx="8.5" cy="16.5" r="2.3"/>',
    "sun": '<circle cx="12" cy="12" r="3.8"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M18.4 5.6L17 7M7 17l-1.4 1.4"/>',
    "system": '<rect x="3.5" y="4.5" width="17" height="11.5" rx="2"/><path d="M9 20h6M12 16v4"/>',
    "up": '<path d="M6 14.5l6-6 6 6"/>',
    "warn": '<path d="M12 4.5L21 19.5H3z"/><path d="M12 10.5v4M12 17v.2"/>',
    "week": '<circle cx="6.5" cy="12" r="3"/><path d="M12 4.5v15"/><circle cx="17.5" cy="12" r="3"/>',
}

# Which icon stands beside a name in the navigation on a phone; a name without one has the plain dot.
NAVIGATION = {
    "this week": "week",
    "meetings": "calendar",
    "promises": "check",
    "people": "people",
    "plan": "plan",
    "my hours": "clock",
    "imports": "imports",
    "customers": "customers",
    "calendar": "calendar",
    "settings": "settings",
    "look back": "back",
    "more": "settings",
}
