package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.log.Transactions;

/** The ports of the log. */
public record LogPorts(Topics topics, Records records, Groups groups, Transactions transactions) {}
