"""The waiting-room screen: which number goes to which desk."""
