"""Chats: exports of messengers, as text and as JSON; a message is speech of its sender, with its time."""
