package dev.sluice.gateway.manage;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A connector as it was declared over HTTP.
 *
 * @param spec as written: references unresolved, literal secrets replaced by references
 * @param generation which of the secrets that are kept for the connector belong to it; 0 for none
 */
record Declaration(
    @JsonProperty(required = true) ObjectNode spec,
    @JsonProperty(required = true) long generation) {}
