@NullMarked
package dev.sluice.source.support;

import org.jspecify.annotations.NullMarked;
