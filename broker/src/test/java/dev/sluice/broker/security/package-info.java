/** Tests of users, authentication, access rules and keys. */
@NullMarked
package dev.sluice.broker.security;

import org.jspecify.annotations.NullMarked;
