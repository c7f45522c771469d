/** The main instrument: a table that is filtered, sorted, sized, read by keyboard and taken away, with its state in the address. */
import { Box, Skeleton, Stack } from '@mantine/core';
import { useElementSize, useMediaQuery, useMergedRef } from '@mantine/hooks';
import { Link, useRouter } from '@tanstack/react-router';
import { columnResizingFeature, columnSizingFeature, columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Listed } from '../../client/lists.ts';
import { directionOf, useLanguage } from '../../shell/language.ts';
import { useShellTexts } from '../../shell/texts.ts';
import { Empty } from '../empty.tsx';
import { Fault } from '../fault.tsx';
import { decimalsOf, decimalsOfCurrency } from '../figures.ts';
import { useUrl } from '../url-state.ts';
import { Cell } from './cell.tsx';
import { type Column, commonCurrency, filtered, isFigure, sorted, type Target, textOf } from './columns.ts';
import classes from './data-table.module.css';
import { useWidths } from './kept.ts';
import { useTableKeys } from './keys.ts';
import { Toolbar } from './toolbar.tsx';
import { Totals } from './totals.tsx';
import { fitted, narrowOrder, widthOf } from './widths.ts';

const ROW_PX = 32;
/** Of rows led by an instant on a narrow screen: it stands in two lines, as half of it would be cut. */
const TALL_ROW_PX = 48;
const LEAST_WIDTH = 64;
/** Of what a row is about, where the screen is narrow: money is seen beside it. */
const NARROW_FIRST = 150;
const NARROW = '(max-width: 48em)';
const VIRTUAL_FROM = 100;
const features = tableFeatures({ columnSizingFeature, columnResizingFeature, columnVisibilityFeature });

/** The library keeps widths and what is shown; rows are ours. */
const NO_ROWS: Record<string, string>[] = [];

interface Props<Row> {
  /** Of the table: in the names of exported files and kept widths, and before its values in the address when it is not the page's main one. */
  readonly name: string;
  /** What it holds, for who does not see it. */
  readonly label: string;
  readonly list: Listed<Row>;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** Where a row leads: by a click on its first cell, or by Enter. */
  readonly open?: (row: Row) => Target;
  /** What is shown when there is nothing at all. */
  readonly empty: ReactNode;
  /** Not the main one of its page: keys and address are another's, and it is as high as its rows, up to a part of the screen. */
  readonly isSmall?: boolean;
}

export function DataTable<Row>({ name, label, list, columns, rowKey, open, empty, isSmall = false }: Props<Row>) {
  const t = useShellTexts();
  const language = useLanguage();
  const router = useRouter();
  const [url, change] = useUrl();
  const prefix = isSmall ? `${name}.` : '';
  const order = url[`${prefix}sort`] ?? '';
  const find = url[`${prefix}q`] ?? '';
  const filterName = (id: string): string => `${prefix}only.${id}`;
  const filters = useMemo(
    () =>
      Object.fromEntries(
        columns.flatMap(({ id }) => (url[`${prefix}only.${id}`] === undefined ? [] : [[id, url[`${prefix}only.${id}`] ?? '']])),
      ),
    [columns, url, prefix],
  );
  const shownUrl = url[`${prefix}columns`];
  const visibility = useMemo(() => {
    const shown = shownUrl?.split(',');
    return Object.fromEntries(columns.map(({ id, isHidden }) => [id, shown === undefined ? isHidden !== true : shown.includes(id)]));
  }, [columns, shownUrl]);
  const rows = useMemo(
    () => sorted(filtered(list.rows, columns, filters, find), columns, order),
    [list.rows, columns, filters, find, order],
  );

  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const { ref: sized, width: room } = useElementSize();
  const fit = useMemo(() => {
    const seen = columns.filter(({ id }) => visibility[id] === true);
    const given = seen.map((column) => widthOf(column, rows, commonCurrency(rows, column)));
    const [first] = given;
    if (isNarrow && first !== undefined)
      given[0] = { least: Math.min(first.least, NARROW_FIRST), whole: Math.min(first.whole, NARROW_FIRST) };
    const px = fitted(given, isNarrow ? 0 : room);
    return new Map(
      seen.map(({ id }, at) => [id, { px: px[at] ?? LEAST_WIDTH, least: isFigure(seen[at]?.kind) ? (given[at]?.least ?? 0) : 0 }]),
    );
  }, [columns, visibility, rows, room, isNarrow]);
  const [widths, setWidths] = useWidths(name);
  const table = useTable({
    features,
    data: NO_ROWS,
    columns: columns.map((column) => ({
      id: column.id,
      header: column.header,
      size: fit.get(column.id)?.px ?? LEAST_WIDTH,
      minSize: Math.max(LEAST_WIDTH, fit.get(column.id)?.least ?? 0),
    })),
    columnResizeMode: 'onChange',
    columnResizeDirection: directionOf(language),
    state: { columnSizing: widths, columnVisibility: visibility },
    onColumnSizingChange: setWidths,
  });
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const visible = table.getVisibleLeafColumns().flatMap(({ id }) => byId.get(id) ?? []);
  const shown = isNarrow ? narrowOrder(visible) : visible;
  const facts = useMemo(
    () =>
      new Map(
        shown.map((column) => {
          const currency = commonCurrency(rows, column);
          const least = currency === undefined ? 0 : decimalsOfCurrency(currency);
          const room = isFigure(column.kind) ? Math.max(least, 0, ...rows.map((row) => decimalsOf(textOf(column, row)))) : 0;
          return [column.id, { currency, room }];
        }),
      ),
    [shown, rows],
  );

  const frame = useRef<HTMLDivElement>(null);
  const frameRef = useMergedRef(frame, sized);
  const isTall = isNarrow && shown[0]?.kind === 'instant';
  const rowPx = isTall ? TALL_ROW_PX : ROW_PX;
  const isVirtual = rows.length > VIRTUAL_FROM;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPx,
    overscan: 20,
    enabled: isVirtual,
  });
  const items = isVirtual ? virtual.getVirtualItems() : [];
  const [first, last] = isVirtual ? [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1] : [0, rows.length];
  const [active, setActive] = useState(-1);
  const keys = useTableKeys({
    isMain: !isSmall,
    count: rows.length,
    active,
    setActive: (at) => {
      setActive(at);
      if (isVirtual) virtual.scrollToIndex(at);
      else frame.current?.querySelector(`[data-row="${at}"]`)?.scrollIntoView({ block: 'nearest' });
    },
    open: (at) => {
      const row = rows[at];
      if (row !== undefined && open !== undefined) void router.navigate(open(row));
    },
  });
  // More is fetched when the end comes near, and when a filter leaves too little to fill the page.
  useEffect(() => {
    const isNearEnd = last >= rows.length - 10;
    if (isVirtual ? isNearEnd && list.hasMore && !list.isLoadingMore : rows.length < VIRTUAL_FROM && list.hasMore && !list.isLoadingMore)
      void list.loadMore();
  }, [isVirtual, last, rows.length, list]);

  if (list.error !== null && list.error !== undefined && list.rows.length === 0) return <Fault error={list.error} onRetry={list.retry} />;
  if (list.isLoading) return <Rows />;
  if (list.rows.length === 0 && !list.hasMore) return empty;
  const width = table.getTotalSize();
  const headers = new Map(table.getHeaderGroups()[0]?.headers.map((header) => [header.id, header]));
  return (
    <Stack gap="sm" {...(isSmall ? {} : { className: classes.main ?? '' })}>
      <Toolbar
        {...{ name, columns, shown, rows, list, find, filters, isSmall }}
        onFind={(text) => change({ [`${prefix}q`]: text })}
        onFilter={(id, value) => change({ [filterName(id)]: value })}
        onColumns={(ids) => change({ [`${prefix}columns`]: ids.join(',') })}
      />
      <Box ref={frameRef} className={classes.frame ?? ''} data-small={isSmall || undefined} data-narrow={isNarrow || undefined}>
        <table
          className={classes.table ?? ''}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: read by the arrow keys, and made of a table’s parts
          role="grid"
          aria-label={label}
          aria-rowcount={list.hasMore ? -1 : rows.length + 1}
          style={{ width: `max(100%, ${width}px)` }}
          tabIndex={0}
          {...keys.props}
          {...(active >= 0 ? { 'aria-activedescendant': `${name}-${active}` } : {})}
        >
          <colgroup>
            {shown.map(({ id }) => (
              <col key={id} style={{ width: table.getColumn(id)?.getSize() ?? LEAST_WIDTH }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {shown.map((column) => {
                const header = headers.get(column.id);
                if (header === undefined) return null;
                const isDown = order === `-${column.id}`;
                const isUp = order === column.id;
                const { currency } = facts.get(column.id) ?? {};
                return (
                  <th
                    key={header.id}
                    scope="col"
                    data-figure={isFigure(column.kind) || undefined}
                    aria-sort={isUp ? 'ascending' : isDown ? 'descending' : 'none'}
                  >
                    <button
                      type="button"
                      className={classes.sort ?? ''}
                      onClick={() => change({ [`${prefix}sort`]: isUp ? `-${column.id}` : isDown ? undefined : column.id })}
                    >
                      {column.header}
                      {currency === undefined ? '' : `, ${currency}`}
                      <span aria-hidden>{isUp ? ' ↑' : isDown ? ' ↓' : ''}</span>
                    </button>
                    <span
                      className={classes.grip ?? ''}
                      aria-hidden
                      onPointerDown={header.getResizeHandler()}
                      onDoubleClick={() => header.column.resetSize()}
                    />
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {isVirtual && first > 0 && (
              <tr aria-hidden style={{ height: first * rowPx }}>
                <td colSpan={shown.length} />
              </tr>
            )}
            {rows.slice(first, last).map((row, at) => {
              const place = first + at;
              return (
                <tr
                  key={rowKey(row)}
                  id={`${name}-${place}`}
                  data-row={place}
                  aria-rowindex={place + 2}
                  data-active={place === active || undefined}
                  onPointerDown={() => setActive(place)}
                >
                  {shown.map((column, columnAt) => {
                    const content = (
                      <Cell
                        column={column}
                        row={row}
                        language={language}
                        hasCurrency={facts.get(column.id)?.currency === undefined}
                        room={facts.get(column.id)?.room ?? 0}
                      />
                    );
                    return (
                      <td
                        key={column.id}
                        data-column={column.id}
                        data-figure={isFigure(column.kind) || undefined}
                        data-wraps={(column.wraps === true && !isVirtual) || undefined}
                        data-tall={(isTall && columnAt === 0) || undefined}
                        {...(column.filter === true && columnAt > 0
                          ? {
                              'data-filter': true,
                              title: t('filterBy', { value: textOf(column, row) }),
                              onClick: () => change({ [filterName(column.id)]: textOf(column, row) }),
                            }
                          : {})}
                      >
                        {columnAt === 0 && open !== undefined ? <Link {...open(row)}>{content}</Link> : content}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
            {isVirtual && last < rows.length && (
              <tr aria-hidden style={{ height: (rows.length - last) * rowPx }}>
                <td colSpan={shown.length} />
              </tr>
            )}
          </tbody>
          <Totals {...{ rows, shown, facts, isWhole: !list.hasMore }} />
        </table>
        {rows.length === 0 && <Empty title={t('noRows')}>{t('noRowsDo')}</Empty>}
      </Box>
    </Stack>
  );
}

/** As high as the table will be. */
function Rows() {
  return (
    <Stack gap="sm" aria-busy="true">
      <Skeleton height={30} />
      <Skeleton height={ROW_PX * 10} />
    </Stack>
  );
}
