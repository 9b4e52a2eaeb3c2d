"""Migrations go forward only: expand, deploy, contract. A mistake is mended by the next one."""
