/** Tests of handlers about the cluster. */
@NullMarked
package dev.sluice.broker.kafka.cluster;

import org.jspecify.annotations.NullMarked;
