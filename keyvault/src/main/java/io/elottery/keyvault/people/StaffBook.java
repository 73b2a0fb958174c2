package io.elottery.keyvault.people;

import io.elottery.foundation.id.Hemisphere;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Who belongs to the staff. Immutable: every change is a new book. Never fewer than two people are
 * left who may act as officers, or nothing could be approved any more.
 *
 * @param members by name
 * @param applied ids of the last proposals that changed it, oldest first: none is done twice
 */
public record StaffBook(SortedMap<String, StaffMember> members, List<String> applied) {
  /** People that must stay able to approve. */
  public static final int OFFICERS_MIN = 2;

  /** The most members. */
  public static final int MEMBERS_MAX = 500;

  private static final int APPLIED_MAX = 100;

  /** Nobody. */
  public static final StaffBook EMPTY = new StaffBook(new TreeMap<>(), List.of());

  /** Copies. */
  public StaffBook {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    applied = List.copyOf(applied);
  }

  /** A book of these members. */
  public static StaffBook of(Collection<StaffMember> first) {
    SortedMap<String, StaffMember> members = new TreeMap<>();
    first.forEach(member -> members.put(member.name(), member));
    return new StaffBook(members, List.of());
  }

  /** The member of that name. */
  public Optional<StaffMember> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** Whose lasting token it is, disabled or not. Compares with all of them: time tells nothing. */
  public Optional<StaffMember> ofToken(String token) {
    Optional<StaffMember> found = Optional.empty();
    for (StaffMember member : members.values()) {
      if (member.credentials().token().filter(own -> Credentials.same(own, token)).isPresent()) {
        found = Optional.of(member);
      }
    }
    return found;
  }

  /** Whose invitation it is, while it holds. */
  public Optional<StaffMember> ofInvitation(String invitation, Instant now) {
    Optional<StaffMember> found = Optional.empty();
    for (StaffMember member : members.values()) {
      if (member.credentials().invitation().filter(own -> own.admits(invitation, now)).isPresent()
          && !member.disabled()) {
        found = Optional.of(member);
      }
    }
    return found;
  }

  /** How many people may act as officers; two names of one person count once. */
  public int officers() {
    return (int)
        members.values().stream()
            .filter(member -> member.is(StaffRole.OFFICER))
            .map(member -> StaffMember.key(member.person()))
            .distinct()
            .count();
  }

  /**
   * The book after a change that two officers agreed on.
   *
   * @throws StaffRefused when the book cannot take it now
   */
  public StaffBook after(StaffChange change) throws StaffRefused {
    StaffBook next =
        change
            .match(
                new StaffChange.Cases<Trial>() {
                  @Override
                  public Trial add(StaffChange.Add add) {
                    return () -> added(add);
                  }

                  @Override
                  public Trial roles(StaffChange.Roles roles) {
                    return () -> with(roles.name(), member -> member.withRoles(roles.roles()));
                  }

                  @Override
                  public Trial enable(StaffChange.Enable enable) {
                    return () -> with(enable.name(), member -> member.withDisabled(false));
                  }

                  @Override
                  public Trial invite(StaffChange.Invite invite) {
                    return () ->
                        with(invite.name(), member -> member.withCredentials(Credentials.NONE));
                  }
                })
            .next();
    return next.requireOfficers(officers());
  }

  /** The same for a proposal; a proposal that was applied before changes nothing. */
  public StaffBook after(StaffChange change, String proposal) throws StaffRefused {
    if (applied.contains(proposal)) {
      return this;
    }
    List<String> ids = new ArrayList<>(applied);
    ids.add(proposal);
    int from = Math.max(0, ids.size() - APPLIED_MAX);
    return new StaffBook(after(change).members, ids.subList(from, ids.size()));
  }

  /** The book without this member's rights; one officer alone may do that, at once. */
  public StaffBook disabled(String name) throws StaffRefused {
    return with(name, member -> member.withDisabled(true)).requireOfficers(officers());
  }

  /**
   * The book with this officer's pieces being of that half.
   *
   * @throws StaffRefused when they are of the other
   */
  public StaffBook withSet(String name, Hemisphere half) throws StaffRefused {
    StaffMember member = known(name);
    if (member.set().filter(set -> set != half).isPresent()) {
      throw new StaffRefused(
          "OTHER_SET",
          name + " gave a piece of " + half.other() + " before: nobody gives pieces of both.");
    }
    return with(name, one -> one.withSet(half));
  }

  /** The book with other credentials of a member. */
  public StaffBook withCredentials(String name, Credentials credentials) throws StaffRefused {
    return with(name, member -> member.withCredentials(credentials));
  }

  /** Other members whose person this is too. */
  public List<StaffMember> namesOf(String person) {
    String key = StaffMember.key(person);
    return members.values().stream()
        .filter(member -> StaffMember.key(member.person()).equals(key))
        .toList();
  }

  private StaffBook added(StaffChange.Add add) throws StaffRefused {
    if (members.containsKey(add.name())) {
      throw new StaffRefused("NAME_TAKEN", add.name() + " is in the staff book already.");
    }
    if (members.size() >= MEMBERS_MAX) {
      throw new StaffRefused("BOOK_FULL", "The staff book holds " + MEMBERS_MAX + " members.");
    }
    SortedMap<String, StaffMember> more = new TreeMap<>(members);
    more.put(add.name(), add.member());
    return new StaffBook(more, applied);
  }

  private StaffBook with(String name, UnaryOperator<StaffMember> change) throws StaffRefused {
    SortedMap<String, StaffMember> next = new TreeMap<>(members);
    next.put(name, change.apply(known(name)));
    return new StaffBook(next, applied);
  }

  private StaffMember known(String name) throws StaffRefused {
    return member(name)
        .orElseThrow(() -> new StaffRefused("NOT_FOUND", "Nobody is called " + name + "."));
  }

  private StaffBook requireOfficers(int before) throws StaffRefused {
    if (officers() < OFFICERS_MIN && officers() < before) {
      throw new StaffRefused(
          "TOO_FEW_OFFICERS",
          "Only " + officers() + " officer would be left: two people must stay able to approve.");
    }
    return this;
  }

  private interface Trial {
    StaffBook next() throws StaffRefused;
  }
}
