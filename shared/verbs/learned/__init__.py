"""What remains of visits: samples, promises and reports."""
