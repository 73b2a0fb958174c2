package io.elottery.ledger.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.Fuzz;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.shard.ShardId;
import io.microraft.MembershipChangeMode;
import io.microraft.RaftEndpoint;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.message.RaftMessage;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden bytes of all Raft messages, and what damaged ones do. */
final class MessageCodecTest {
  private static final DefaultRaftModelFactory MODEL = EntryCodec.MODEL;
  private static final ShardId SHARD = new ShardId(3);
  private static final RaftEndpoint ONE = new Endpoint(new Member(NodeId.of("w-1"), 1));
  private static final RaftEndpoint TWO = new Endpoint(new Member(NodeId.of("w-2"), 300));
  private static final RaftGroupMembersView VIEW =
      MODEL
          .createRaftGroupMembersViewBuilder()
          .setLogIndex(9)
          .setMembers(List.of(ONE, TWO))
          .setVotingMembers(List.of(ONE))
          .build();
  private static final LogEntry BATCH =
      MODEL
          .createLogEntryBuilder()
          .setIndex(7)
          .setTerm(2)
          .setOperation(new Operation(new byte[] {1, 2, 3}))
          .build();
  private static final LogEntry CHANGE =
      MODEL
          .createLogEntryBuilder()
          .setIndex(8)
          .setTerm(2)
          .setOperation(
              MODEL
                  .createUpdateRaftGroupMembersOpBuilder()
                  .setMembers(List.of(ONE, TWO))
                  .setVotingMembers(List.of(ONE))
                  .setEndpoint(TWO)
                  .setMode(MembershipChangeMode.ADD_LEARNER)
                  .build())
          .build();
  private static final SnapshotChunk CHUNK =
      MODEL
          .createSnapshotChunkBuilder()
          .setIndex(50)
          .setTerm(2)
          .setSnapshotChunkIndex(1)
          .setSnapshotChunkCount(2)
          .setGroupMembersView(VIEW)
          .setOperation(new Operation(new byte[] {9}))
          .build();

  private static final Map<String, RaftMessage> MESSAGES = messages();

  @ParameterizedTest
  @MethodSource("kinds")
  void bytesAreTheDocumentedOnes(String kind) {
    assertThat(HexFormat.of().formatHex(encode(message(kind))))
        .isEqualTo(golden(kind).replace(" ", ""));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsReadIsWhatWasWritten(String kind) throws MalformedMessage {
    byte[] bytes = HexFormat.of().parseHex(golden(kind).replace(" ", ""));

    RaftMessage read = MessageCodec.decode(new WireReader(bytes), SHARD, ONE);

    assertThat(read.toString()).isEqualTo(message(kind).toString());
    assertThat(encode(read)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void damageIsMalformedAndNothingElse(String kind) {
    byte[] message = encode(message(kind));

    Fuzz.check(message, bytes -> MessageCodec.decode(new WireReader(bytes), SHARD, ONE));
  }

  @Test
  void unknownKindIsMalformed() {
    byte[] bytes = {11, 0};

    assertThatThrownBy(() -> MessageCodec.decode(new WireReader(bytes), SHARD, ONE))
        .isInstanceOf(MalformedMessage.class);
  }

  @Test
  void aPromiseOfManyEntriesAllocatesNothing() {
    byte[] bytes =
        new WireWriter()
            .u8(1)
            .varint(1)
            .varint(0)
            .varint(0)
            .varint(0)
            .varint(0)
            .varint(0)
            .varint(100_000)
            .toBytes();

    Fuzz.check(bytes, it -> MessageCodec.decode(new WireReader(it), SHARD, ONE));
  }

  @Test
  void moreChunksThanAnySnapshotHasAreMalformed() {
    byte[] bytes =
        new WireWriter().u8(9).varint(2).bool(true).varint(2).varint(50).varint(70_000).toBytes();

    assertThatThrownBy(() -> MessageCodec.decode(new WireReader(bytes), SHARD, ONE))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("70000");
  }

  static Iterable<String> kinds() {
    return MESSAGES.keySet();
  }

  private static RaftMessage message(String kind) {
    return Objects.requireNonNull(MESSAGES.get(kind));
  }

  private static byte[] encode(RaftMessage message) {
    WireWriter out = new WireWriter();
    MessageCodec.encode(out, message);
    return out.toBytes();
  }

  private static Map<String, RaftMessage> messages() {
    Map<String, RaftMessage> all = new TreeMap<>();
    all.put(
        "append",
        MODEL
            .createAppendEntriesRequestBuilder()
            .setGroupId(SHARD)
            .setSender(ONE)
            .setTerm(2)
            .setPreviousLogTerm(1)
            .setPreviousLogIndex(6)
            .setCommitIndex(5)
            .setQuerySequenceNumber(4)
            .setFlowControlSequenceNumber(3)
            .setLogEntries(List.of(BATCH, CHANGE))
            .build());
    all.put(
        "appendSuccess",
        MODEL
            .createAppendEntriesSuccessResponseBuilder()
            .setGroupId(SHARD)
            .setSender(ONE)
            .setTerm(2)
            .setLastLogIndex(1_000)
            .setQuerySequenceNumber(4)
            .setFlowControlSequenceNumber(3)
            .build());
    all.put(
        "appendFailure",
        MODEL
            .createAppendEntriesFailureResponseBuilder()
            .setGroupId(SHARD)
            .setSender(ONE)
            .setTerm(2)
            .setExpectedNextIndex(6)
            .setQuerySequenceNumber(4)
            .setFlowControlSequenceNumber(3)
            .build());
    all.put(
        "vote",
        MODEL
            .createVoteRequestBuilder()
            .setGroupId(SHARD)
            .setSender(ONE)
            .setTerm(2)
            .setLastLogTerm(1)
            .setLastLogIndex(6)
            .setSticky(true)
            .build());
    all.put(
        "voteResponse",
        MODEL
            .createVoteResponseBuilder()
            .setGroupId(SHARD)
            .setSender(ONE)
            .setTerm(2)
            .setGranted(true)
            .build());
    all.put(
        "preVote",
        MODEL
            .createPreVoteRequestBuilder()
            .setGroupId(SHARD)
            .setSender(ONE)
            .setTerm(2)
            .setLastLogTerm(1)
            .setLastLogIndex(6)
            .build());
    all.put(
        "preVoteResponse",
        MODEL
            .createPreVoteResponseBuilder()
            .setGroupId(SHARD)
            .setSender(ONE)
            .setTerm(2)
            .setGranted(true)
            .build());
    all.put("trigger", MessageCodec.trigger(SHARD, ONE, 2, 1, 6));
    all.put("snapshot", snapshot(CHUNK));
    all.put("snapshotOffer", snapshot(null));
    all.put(
        "snapshotResponse",
        MODEL
            .createInstallSnapshotResponseBuilder()
            .setGroupId(SHARD)
            .setSender(ONE)
            .setTerm(2)
            .setSnapshotIndex(50)
            .setRequestedSnapshotChunkIndex(1)
            .setQuerySequenceNumber(4)
            .setFlowControlSequenceNumber(3)
            .build());
    return all;
  }

  private static RaftMessage snapshot(@Nullable SnapshotChunk chunk) {
    return MODEL
        .createInstallSnapshotRequestBuilder()
        .setGroupId(SHARD)
        .setSender(ONE)
        .setTerm(2)
        .setSenderLeader(true)
        .setSnapshotTerm(2)
        .setSnapshotIndex(50)
        .setTotalSnapshotChunkCount(2)
        .setSnapshotChunk(chunk)
        .setSnapshottedMembers(List.of(TWO))
        .setGroupMembersView(VIEW)
        .setQuerySequenceNumber(4)
        .setFlowControlSequenceNumber(3)
        .build();
  }

  private static String golden(String kind) {
    return switch (kind) {
      case "append" ->
          "01 02 01 06 05 04 03"
              + "02" // Two entries: a batch and a change of members.
              + "07 02 01 03 010203"
              + "08 02 02 02 03772d31 01 03772d32 ac02 01 03772d31 01 03772d32 ac02 00";
      case "appendSuccess" -> "02 02 e807 04 03";
      case "appendFailure" -> "03 02 06 04 03";
      case "vote" -> "04 02 01 06 01";
      case "voteResponse" -> "05 02 01";
      case "preVote" -> "06 02 01 06";
      case "preVoteResponse" -> "07 02 01";
      case "trigger" -> "08 02 01 06";
      case "snapshot" -> OFFER + "01 32 02 01 02" + VIEW_BYTES + "01 01 09";
      case "snapshotOffer" -> OFFER + "00";
      case "snapshotResponse" -> "0a 02 32 01 04 03";
      default -> throw new AssertionError(kind);
    };
  }

  private static final String VIEW_BYTES = "09 02 03772d31 01 03772d32 ac02 01 03772d31 01";
  private static final String OFFER = "09 02 01 02 32 02 04 03 01 03772d32 ac02" + VIEW_BYTES;
}
