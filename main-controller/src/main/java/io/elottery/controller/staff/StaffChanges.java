package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.Invitation;
import io.elottery.keyvault.people.Sessions;
import io.elottery.keyvault.people.StaffBook;
import io.elottery.keyvault.people.StaffChange;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Carries out what two officers agreed to change in the staff book. On main's loop. */
final class StaffChanges implements ActionHandler {
  static final String KIND = "STAFF_CHANGE";

  private static final Duration INVITATION_VALIDITY = Duration.ofDays(3);
  private static final int INVITATION_BYTES = 24;

  private final StaffDesk.Ports ports;
  private final OfficeRecord<StaffBook> book;
  private final OfficeRecord<Sessions> sessions;
  private final ApprovedActions actions;

  StaffChanges(
      StaffDesk.Ports ports,
      OfficeRecord<StaffBook> book,
      OfficeRecord<Sessions> sessions,
      ApprovedActions actions) {
    this.ports = ports;
    this.book = book;
    this.sessions = sessions;
    this.actions = actions;
  }

  @Override
  public Described describe(ObjectNode action) throws ActionRefused {
    StaffChange change = StaffJson.change(action);
    StaffBook now = book.value().orElseThrow(StaffDesk::notReady);
    StaffDesk.tried(now, people -> people.after(change));
    return Described.of(words(now, change));
  }

  @Override
  public CompletableFuture<String> carryOut(Proposal proposal) {
    StaffChange change;
    try {
      change = StaffJson.change(ProposalJson.action(proposal));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
    return book.<String>change(
            now ->
                new OfficeRecord.Outcome<>(
                    StaffDesk.tried(now, people -> people.after(change, proposal.id())),
                    "the staff book holds it"))
        .thenCompose(
            words ->
                change instanceof StaffChange.Invite
                    ? endSessions(change.name()).thenApply(done -> words)
                    : CompletableFuture.completedFuture(words));
  }

  /** The invitation, made when the proposer first looks, and shown that once. */
  @Override
  public CompletableFuture<ObjectNode> forProposer(Proposal proposal) {
    String text =
        "eli-"
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ports.random().bytes(INVITATION_BYTES));
    Instant until = ports.loop().time().now().plus(INVITATION_VALIDITY);
    return book.<Optional<String>>change(
            now -> {
              Optional<String> name = uninvited(now, proposal);
              if (name.isEmpty()) {
                return new OfficeRecord.Outcome<>(now, name);
              }
              Invitation invitation = new Invitation(Credentials.digest(text), until);
              return new OfficeRecord.Outcome<>(
                  StaffDesk.tried(
                      now,
                      people ->
                          people.withCredentials(name.get(), Credentials.ofInvitation(invitation))),
                  name);
            })
        .thenApply(
            name -> {
              ObjectNode more = JsonNodeFactory.instance.objectNode();
              if (name.isPresent()) {
                more.put("invitation", text).put("invitationUntil", until.toString());
                ports
                    .audit()
                    .recordLater(
                        AuditEntry.done(
                            proposal.proposer(), "INVITATION_SHOWN", name.get(), "until " + until));
              }
              return more;
            });
  }

  // Only the newest proposal about the name gives an invitation, and only while none was given.
  private Optional<String> uninvited(StaffBook now, Proposal proposal) throws ActionRefused {
    StaffChange change = StaffJson.change(ProposalJson.action(proposal));
    if (!invites(change)) {
      return Optional.empty();
    }
    List<String> newestFirst = new ArrayList<>(now.applied());
    Collections.reverse(newestFirst);
    for (String id : newestFirst) {
      Optional<Proposal> other = actions.proposal(id);
      if (other.isPresent() && other.get().kind().equals(KIND)) {
        StaffChange its = StaffJson.change(ProposalJson.action(other.get()));
        if (invites(its) && its.name().equals(change.name())) {
          return now.member(change.name())
              .filter(member -> id.equals(proposal.id()) && !member.disabled())
              .filter(member -> member.credentials().equals(Credentials.NONE))
              .map(StaffMember::name);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean invites(StaffChange change) {
    return change instanceof StaffChange.Add || change instanceof StaffChange.Invite;
  }

  private CompletableFuture<Boolean> endSessions(String name) {
    return sessions.change(open -> new OfficeRecord.Outcome<>(open.endedOf(name), true));
  }

  private static String words(StaffBook now, StaffChange change) {
    return change.match(
        new StaffChange.Cases<>() {
          @Override
          public String add(StaffChange.Add add) {
            List<String> names = now.namesOf(add.person()).stream().map(StaffMember::name).toList();
            String branch = add.branch().isEmpty() ? "" : " of branch " + add.branch();
            return "Add \""
                + add.name()
                + "\" for "
                + add.person()
                + " with the roles "
                + texts(add.roles())
                + branch
                + "."
                + (names.isEmpty()
                    ? ""
                    : " The same person is called "
                        + String.join(", ", names)
                        + " too: these names never approve for each other.");
          }

          @Override
          public String roles(StaffChange.Roles roles) {
            String before = now.member(roles.name()).map(StaffMember::rolesText).orElse("none");
            return "Give "
                + roles.name()
                + " the roles "
                + texts(roles.roles())
                + " instead of "
                + before
                + ".";
          }

          @Override
          public String enable(StaffChange.Enable enable) {
            return "Let " + enable.name() + " act again.";
          }

          @Override
          public String invite(StaffChange.Invite invite) {
            return "Invite "
                + invite.name()
                + " again: password, token and sessions of before end, a new password is chosen.";
          }
        });
  }

  private static String texts(Set<StaffRole> roles) {
    return roles.stream().map(role -> role.text()).collect(Collectors.joining(", "));
  }
}
