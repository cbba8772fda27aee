package dev.paygateway.region;

/**
 * Where this process runs, and who it is there.
 *
 * @param name like {@code east}
 * @param letter stands in the ids of payments whose home this region is
 * @param instance like {@code gateway-1}; unique within the region
 */
public record Region(String name, char letter, String instance) {}
