/** The catalog of topics: which there are, how they are set; kept in the metadata log. */
@NullMarked
package dev.sluice.broker.topic;

import org.jspecify.annotations.NullMarked;
