/**
 * One attempt at running one task: a source into topics, topics into a sink, topics into topics.
 * Holds the order that the product promises (data, then position, then acknowledgement), retries
 * what the log or the outside fails at, and sets refused records aside. What happens between two
 * attempts is the business of the package above.
 */
@NullMarked
package dev.sluice.gateway.connect.work;

import org.jspecify.annotations.NullMarked;
