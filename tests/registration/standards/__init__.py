"""Poverty standards: data, rules, points, explanations, the command."""
