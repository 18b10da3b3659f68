/**
 * The {@code http} sink: a request for each record, or for a JSON array of many. Records of one
 * partition are sent in order; the server's busy answers are waited out.
 */
@NullMarked
package dev.sluice.sink.http;

import org.jspecify.annotations.NullMarked;
