/**
 * Reads sealed segments again, slowly and round after round, so that rot is known before a reader
 * meets it. What is next is decided by a pure planner; the work is done in small steps.
 */
@NullMarked
package dev.sluice.log.scrub;

import org.jspecify.annotations.NullMarked;
