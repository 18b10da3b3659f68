@NullMarked
package dev.sluice.gateway.connect.trial;

import org.jspecify.annotations.NullMarked;
