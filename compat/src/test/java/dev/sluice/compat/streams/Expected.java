package dev.sluice.compat.streams;

import java.util.List;
import java.util.Map;

/**
 * What the application's topics must hold.
 *
 * @param counts of each word, every count that was told, in order: 1 to n
 * @param paid joined orders and payments, sorted
 * @param regions the last sum of each region
 */
record Expected(Map<String, List<Long>> counts, List<String> paid, Map<String, Long> regions) {}
