/** Tests of the metadata log. */
@NullMarked
package dev.sluice.broker.metadata;

import org.jspecify.annotations.NullMarked;
