@NullMarked
package dev.sluice.source.host;

import org.jspecify.annotations.NullMarked;
