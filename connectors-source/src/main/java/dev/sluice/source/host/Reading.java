package dev.sluice.source.host;

import java.util.Map;

/**
 * What one thing of the machine was at one moment.
 *
 * @param key names the thing, such as {@code cpu} or {@code disk:/}
 * @param fields what was measured, by name; units stand in the names
 */
record Reading(String key, Map<String, Object> fields) {}
