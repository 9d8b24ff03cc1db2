"""The frame around every page: menu, header, routing, browser state and the live answer."""
