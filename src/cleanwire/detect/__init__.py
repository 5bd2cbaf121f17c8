"""Document → spans: anchors in one pass, a matcher a kind of rule, then what stands at the seams. Does no I/O."""
