/** Tests of quotas. */
@NullMarked
package dev.sluice.broker.quota;

import org.jspecify.annotations.NullMarked;
