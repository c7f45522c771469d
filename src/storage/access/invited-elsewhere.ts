/** Whom parties invited though the address is somebody's already (migration 361). */
import type { ElsewhereBooks, Person } from '#operations/access/ports.ts';
import type { Database } from '../database.ts';

interface Row {
  readonly party: string;
  readonly email: string;
  readonly name: string;
  readonly invited_by: string;
  readonly is_blocked: boolean;
  readonly created_at: number;
}

const COLUMNS = 'party, email, name, invited_by, is_blocked, created_at';

export function elsewhereBooksOn({ pool }: Database): ElsewhereBooks {
  return {
    async ofParty(party) {
      const { rows } = await pool.query<Row>(`select ${COLUMNS} from sign_in.invited_elsewhere where party = $1`, [party]);
      return rows.map(personFrom);
    },
    async insert(party, { email, name, invitedBy }) {
      const { rows } = await pool.query<Row>(
        `insert into sign_in.invited_elsewhere (party, email, name, invited_by) values ($1, $2, $3, $4)
         on conflict (party, email) do update set name = excluded.name returning ${COLUMNS}`,
        [party, email, name, invitedBy],
      );
      if (rows[0] === undefined) throw new Error('a row that was inserted is not there');
      return personFrom(rows[0]);
    },
    async setBlocked(party, email, isBlocked) {
      const { rowCount } = await pool.query('update sign_in.invited_elsewhere set is_blocked = $3 where party = $1 and email = $2', [
        party,
        email,
        isBlocked,
      ]);
      return rowCount === 1;
    },
  };
}

/** As somebody whose invitation was not taken. */
function personFrom({ party, email, name, invited_by, is_blocked, created_at }: Row): Person {
  return {
    ...{ id: '', email, name, role: 'partner', party, hasSecondFactor: false, isBlocked: is_blocked, hasPassword: false },
    ...{ invitedBy: invited_by, createdMicros: created_at, seenMicros: undefined },
  };
}
