/** Real Kafka clients against a broker in this process. */
@NullMarked
package dev.sluice.broker.front;

import org.jspecify.annotations.NullMarked;
