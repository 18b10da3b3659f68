/**
 * What happens to a record between a connector and a topic: templates such as {@code shop.{table}},
 * and filters and changes written in Camel's expression languages. Compiled once for each task;
 * knows neither topics nor connectors.
 */
@NullMarked
package dev.sluice.gateway.connect.transform;

import org.jspecify.annotations.NullMarked;
