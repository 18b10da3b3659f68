/** Tests of waiting for records. */
@NullMarked
package dev.sluice.broker.fetch;

import org.jspecify.annotations.NullMarked;
