import Container from '@cloudscape-design/components/container';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { useNarrow } from '../shared/use-narrow.ts';

interface ListingProps<Row> {
  readonly items: readonly Row[];
  readonly trackBy: keyof Row & string;
  readonly header: ReactNode;
  readonly empty?: ReactNode;
  readonly columns: readonly TableProps.ColumnDefinition<Row>[];
  readonly keyboard?: boolean;
}

const isName = ({ isRowHeader = false }: { readonly isRowHeader?: boolean }): boolean => isRowHeader;

/** A table; on a phone, where its far columns would be out of sight, each row as a list of what its columns say. */
export function Listing<Row>(props: ListingProps<Row>) {
  const { items, trackBy, header, empty, columns, keyboard = false } = props;
  const narrow = useNarrow();
  if (!narrow)
    return (
      <Table
        items={[...items]}
        trackBy={trackBy}
        wrapLines
        enableKeyboardNavigation={keyboard}
        header={header}
        empty={empty}
        columnDefinitions={columns}
      />
    );
  return (
    <Container header={header}>
      {items.length === 0 ? (
        empty
      ) : (
        <ul className="rows">
          {items.map((item) => (
            <li key={String(item[trackBy])}>
              {columns.filter(isName).map((column) => (
                <strong key={column.id}>{column.cell(item)}</strong>
              ))}
              <dl className="pairs">
                {columns
                  .filter((column) => !isName(column))
                  .map((column) => (
                    <div key={column.id}>
                      <dt>{column.header}</dt>
                      <dd>{column.cell(item)}</dd>
                    </div>
                  ))}
              </dl>
            </li>
          ))}
        </ul>
      )}
    </Container>
  );
}
