package dev.sluice.gateway.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * A letter and what was done with it.
 *
 * @param letter the letter
 * @param mark what was done, or null if nothing was
 */
public record MarkedLetter(Letter letter, @Nullable Mark mark) {}
