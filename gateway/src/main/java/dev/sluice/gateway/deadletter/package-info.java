/**
 * Dead letters after they were written: read, counted, sent again, discarded. {@code Letters} is
 * the face. What a letter says, what a filter takes and where a letter goes are functions without
 * effects; {@code Marks} holds what was done, {@code LetterJob} does it.
 */
@NullMarked
package dev.sluice.gateway.deadletter;

import org.jspecify.annotations.NullMarked;
