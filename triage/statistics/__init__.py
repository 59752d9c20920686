"""The method behind links and trend (docs/statistics.md): series, gates, regression, families."""
