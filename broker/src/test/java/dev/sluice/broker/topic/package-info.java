/** Tests of the topic catalog. */
@NullMarked
package dev.sluice.broker.topic;

import org.jspecify.annotations.NullMarked;
