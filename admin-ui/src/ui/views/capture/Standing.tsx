import { Badge, Group, SimpleGrid, Text } from "@mantine/core";
import { useGatewayTime } from "../../api/queries";
import type { CaptureState, ReplicationSlot } from "../../api/schema";
import { Fact } from "../../components/Fact";
import { size } from "../../components/format";
import { Ago, Time } from "../../components/Time";
import { capture as text } from "../../text/en/capture";

/** Where a capture stands: position, how long ago, and what the database keeps for it. */
export function Standing({ capture }: { capture: CaptureState }) {
  // Goes on where nothing is told of the capture any more, which is when one wants to know.
  const now = useGatewayTime();
  const { position, lastChangeAt, lastEventAt, slot } = capture;
  return (
    <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 3 }} m={0}>
      <Fact name={text.position}>{position ?? text.none}</Fact>
      <Fact name={text.lastChange}>
        <Moment at={lastChangeAt} now={now} />
      </Fact>
      <Fact name={text.lastEvent}>
        <Moment at={lastEventAt} now={now} />
      </Fact>
      {slot === undefined ? (
        <Fact name={text.slot}>{text.slotUnknown}</Fact>
      ) : (
        <SlotFacts slot={slot} />
      )}
    </SimpleGrid>
  );
}

function SlotFacts({ slot }: { slot: ReplicationSlot }) {
  return (
    <>
      <Fact name={text.slot}>
        <Group gap="xs">
          <span className="wrap-anywhere">{slot.name}</span>
          <Badge color={slot.active ? "green" : "orange"} variant="light" tt="none">
            {slot.active ? text.active : text.inactive}
          </Badge>
        </Group>
      </Fact>
      <Fact name={text.lag}>
        {size(slot.lagBytes)}{" "}
        <Text span size="sm" c="dimmed">
          {text.slotAsOf} <Time at={slot.at} />
        </Text>
      </Fact>
      <Fact name={text.retained}>
        {size(slot.retainedBytes)}
        {slot.status !== undefined && ` (${slot.status})`}
      </Fact>
    </>
  );
}

function Moment({ at, now }: { at: string | undefined; now: string | undefined }) {
  return at === undefined ? (
    text.none
  ) : (
    <>
      {now !== undefined && (
        <>
          <Ago at={at} now={now} /> {text.ago}{" "}
        </>
      )}
      <Text span size="sm" c="dimmed">
        <Time at={at} />
      </Text>
    </>
  );
}
