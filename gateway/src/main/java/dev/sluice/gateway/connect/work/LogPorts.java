package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;

/** The three ports of the log. */
public record LogPorts(Topics topics, Records records, Groups groups) {}
